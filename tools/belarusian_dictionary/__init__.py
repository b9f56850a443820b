"""The Belarusian dictionary of words, derived from one for spelling.

A dictionary for spelling has a word in several entries: a verb's present apart from its past, a plural apart from its
singular, much else form by form. Each such entry goes to the word that may have it as a form by the rules of `stems`
and begins most alike. The rules know no stress and take о for а, э for а, е and ё for я; that they allow too much is
little harm, for only forms that the dictionary has are taken.
"""
