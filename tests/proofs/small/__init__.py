"""The small story: one model's whole turn of the wheel, made from its name alone, cheap enough for dozens of them."""
