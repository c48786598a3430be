"""Messages for readers as data; see ``ingest.messages``, the lowest folder, where files' readers need them too."""

from ingest.messages import Message, error_message, fill, message, message_data, read_message

__all__ = ["Message", "error_message", "fill", "message", "message_data", "read_message"]
