"""What is reached from anywhere: the palette, records opened lately, pins."""
