import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0029_heavy_is_what_people_said"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="story",
            name="only_ways_of_the_table",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="story",
            trigger=pgtrigger.compiler.Trigger(
                name="only_ways_of_the_table",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."status" IS DISTINCT FROM (NEW."status"))',
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{escalated:in_hand,escalated:waiting,escalated:withdrawn,in_hand:escalated,in_hand:on_hold,in_hand:proposed,in_hand:published,in_hand:question,in_hand:refused,in_hand:waiting,in_hand:withdrawn,on_hold:escalated,on_hold:published,on_hold:refused,on_hold:waiting,on_hold:withdrawn,own_time:escalated,own_time:waiting,own_time:withdrawn,proposed:in_hand,proposed:published,proposed:refused,proposed:waiting,proposed:withdrawn,published:on_hold,published:refused,published:waiting,published:withdrawn,question:in_hand,question:refused,question:waiting,question:withdrawn,refused:published,refused:waiting,refused:withdrawn,waiting:in_hand,waiting:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="1145f8c6d2aef919d84b55df5ee9fc37e27e2026",
                    operation="UPDATE",
                    pgid="pgtrigger_only_ways_of_the_table_396d5",
                    table="stories_story",
                    when="BEFORE",
                ),
            ),
        ),
    ]
