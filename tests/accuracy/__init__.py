"""How well ``garrison audit PATH`` tells weak code from safe code: labelled cases, and what measures by them."""
