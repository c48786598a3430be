"""Do no harm: find what may identify people, show it, and put masks in its place. Rules and lists; no network."""
