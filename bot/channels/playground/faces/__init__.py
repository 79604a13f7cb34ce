"""How a bot reaches the street: inside the process, or by HTTP on loopback with polling and webhooks."""
