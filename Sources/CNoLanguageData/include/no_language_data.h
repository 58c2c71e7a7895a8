// Nothing is called here: the library replaces a symbol when the program is linked.
