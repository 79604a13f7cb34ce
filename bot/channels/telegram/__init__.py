"""The Telegram door: the only place that knows Telegram, between its wire and our plain arrivals and replies."""
