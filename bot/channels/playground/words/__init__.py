"""What a message says: text, HTML or Markdown read as strictly as the platform reads them, keyboards, pictures."""
