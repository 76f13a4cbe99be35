"""What the site gives away besides its pages: files that other programs read. Pure: a view in, text out."""
