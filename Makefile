# Short names for run.py, which says what each does: make, or python3 run.py --help
.PHONY: demo test check fmt bench docs lock
demo test check fmt bench docs lock:
	@python3 run.py $@ $(ARGS)
