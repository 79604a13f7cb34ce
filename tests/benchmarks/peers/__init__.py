"""The same small interview by other libraries, each a process of its own, to be measured beside the product."""
