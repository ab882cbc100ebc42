"""What people see and touch, and the crossing itself. The only room that imports Qt."""
