"""The walk of a turn: reception takes in, the postman delivers what was promised."""
