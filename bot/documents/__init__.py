"""Documents: pictures and files made from plain data, for doors that can show or hand them over."""
