"""Dutch for the search: which words are one word, what a compound is made of, and what a typing error stood for.

Pure functions on folded words (lower case, no accents). They work from the word lists of the recogniser and from
grammar, never from the stories, so that no word of a story can outlive it here.
"""
