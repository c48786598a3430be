"""Where everything comes from that Insights runs on: locked versions, licences, a bill of materials, advisories."""
