"""What can be done to a team and to its work. Views, commands and the demo all call these.

Each action writes one entry in the journal, with the area of the team; `letters` tells people of them:

| verb                | subject  |
|---------------------|----------|
| team.founded        | Team     |
| team.edited         | Team     |
| team.ended          | Team     |
| membership.joined   | Team     |
| membership.left     | Team     |
| takenup.made        | TakenUp  |
| step.set            | Step     |
| step.looked_back    | Step     |
| success.recorded    | Success  |
| change.recorded     | Change   |
| noticed.answered    | Change   | (never whose answer, nor what it was)

`let_go` follows the journal of the stories, and writes nothing of its own.

`at` is when it happened; leave it out for now.
"""

from actionteams.actions.people import NameTaken, edit_team, end_team, forget_member, found_team, join, leave
from actionteams.actions.work import (
    NotAsked,
    NotToTakeUp,
    let_go,
    look_back,
    notice,
    record_change,
    record_success,
    set_step,
    take_up,
)

__all__ = [
    "NameTaken",
    "NotAsked",
    "NotToTakeUp",
    "edit_team",
    "end_team",
    "forget_member",
    "found_team",
    "join",
    "leave",
    "let_go",
    "look_back",
    "notice",
    "record_change",
    "record_success",
    "set_step",
    "take_up",
]
