"""What enters and leaves: events, journal, uplink, hub, export."""
