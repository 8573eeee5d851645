"""The pages of what is in the knowledge: questions, courses and money, for people and for search engines."""
