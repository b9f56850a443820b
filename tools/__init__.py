"""What is run by hand, and seldom, to make what the program ships."""
