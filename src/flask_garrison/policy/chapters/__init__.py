"""The settings of each chapter, in a file named by its slug; :class:`Policy` joins them."""
