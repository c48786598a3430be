"""Take it away: answers, chats, cases and comparisons as files, every line with its source."""
