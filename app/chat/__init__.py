"""The chat screen. Streamlit is imported below this folder only."""
