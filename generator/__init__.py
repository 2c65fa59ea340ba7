"""逾期须知: sourced articles in, a published site out."""
