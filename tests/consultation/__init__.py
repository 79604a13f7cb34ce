"""What consultations in groups must hold."""
