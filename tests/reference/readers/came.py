"""When a call has returned, by what came of a child that says `one\\nha`, and the
rest after that was taken: as `got.rs` has it."""


def returns_when(first):
    first = first.encode() if isinstance(first, str) else first
    return {
        b"one\nha": "something is there",
        b"one\n": "a newline is there",
        b"one\nhalf": "8 are there",
        b"one\nhalf\nend\n": "the stream ends",
    }.get(first, repr(first))
