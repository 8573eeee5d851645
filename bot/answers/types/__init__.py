"""The types of questions, one file each. A new one is a file here, and its name in the list below."""

from bot.answers.types import (  # noqa: F401  each registers itself
    card,
    contact,
    currency,
    date,
    decimal,
    email,
    integer,
    lookup,
    name,
    phone,
    place,
    postcode_nl,
    range,
    select_multiple,
    select_one,
    skills,
    text,
    yes_no,
)
