"""What passes between tellers, readers, organisations and the support centre is sampled no more; see core.statistics."""

from django.db import migrations

from core.statistics import unsampled


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0016_language_of_a_notice"),
    ]

    operations = unsampled(
        {
            "stories_story": (
                "raw_body", "raw_helped", "raw_feeling", "original_body", "original_helped", "original_feeling",
            ),
            "stories_message": ("text",),
            "stories_dangernote": ("said",),
            "stories_reach": ("email",),
            "stories_editproposal": ("title", "body", "helped", "feeling", "why"),
            "stories_publicanswer": ("text", "statement"),
            "stories_report": ("text",),
            "stories_ruling": ("statement",),
            "stories_objection": ("text",),
            "stories_savedsearch": ("asked",),
        }
    )  # fmt: skip
