"""What the screens show and in which order, without Qt."""
