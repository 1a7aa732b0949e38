"""Where moto stops short of AWS. One file a patch, each with a test in tests/contract/patches that fails once it is
needed no more.

A patch is a function `apply(...)` called once, in moto's process, before the first request; `order` names them all.
"""
