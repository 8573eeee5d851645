"""What is said: a question with its buttons, the result, the money, an answer of the FAQ."""
