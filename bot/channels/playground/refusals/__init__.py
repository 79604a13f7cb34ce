"""What the platform refuses and in which words: rules as data, walked through by the tests one by one."""
