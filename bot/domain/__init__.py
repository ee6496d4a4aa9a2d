"""Pure rules, enums and notices: no input or output, no clock."""
