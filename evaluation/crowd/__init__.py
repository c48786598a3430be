"""Many people ask the chat at once: real windows on its own websocket, what they wait, and what its server holds."""
