"""The names of the conversations here, as their dialogue rows keep them."""

#: Making or changing an activity.
ABOUT = "making"
#: Changing or ending one date, or a whole series.
DATE = "date_change"
#: Announcing one date.
NEWS = "announcing"
