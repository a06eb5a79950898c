"""The steps 0001 to 0022 in one, for a new house. One that has taken them keeps them; the next step is 0024."""

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.expressions
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.postgres.operations import BtreeGinExtension
from django.db import migrations, models

import core.encryption
import core.ids
from core.statistics import unsampled


class Migration(migrations.Migration):
    initial = True

    replaces = [
        ("stories", "0001_first_tables"),
        ("stories", "0002_texts_of_the_house"),
        ("stories", "0003_language_of_a_story"),
        ("stories", "0004_reply_to"),
        ("stories", "0005_recognition"),
        ("stories", "0006_what_was_said_at_danger"),
        ("stories", "0007_no_texts_in_statistics"),
        ("stories", "0008_translation"),
        ("stories", "0009_reach"),
        ("stories", "0010_told_for"),
        ("stories", "0011_public_answers"),
        ("stories", "0012_saved_searches"),
        ("stories", "0013_leave_out"),
        ("stories", "0014_one_index_of_a_region"),
        ("stories", "0015_filters_beside_words"),
        ("stories", "0016_language_of_a_notice"),
        ("stories", "0017_no_words_in_statistics"),
        ("stories", "0018_danger_is_answered_first"),
        ("stories", "0019_filters_before_words"),
        ("stories", "0020_heavy_as_said"),
        ("stories", "0021_told_anew"),
        ("stories", "0022_words_of_a_teller"),
    ]

    dependencies = [
        ("movement", "0003_no_members_in_statistics"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        BtreeGinExtension(),
        migrations.CreateModel(
            name="Story",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.CharField(default=core.ids.public_id, editable=False, max_length=10, unique=True)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("own_time", "With the teller"),
                            ("waiting", "Waiting for the support centre"),
                            ("in_hand", "Being read"),
                            ("escalated", "Waiting for a second reader"),
                            ("question", "A question to the teller"),
                            ("proposed", "An edit for the teller to agree to"),
                            ("published", "Published"),
                            ("on_hold", "On hold"),
                            ("refused", "Not published"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="own_time",
                        max_length=10,
                    ),
                ),
                ("told_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("own_time_until", models.DateTimeField()),
                ("sent_at", models.DateTimeField(help_text="when the story came to the support centre", null=True)),
                (
                    "wrote_at",
                    models.DateTimeField(help_text="when the teller wrote what nobody has read yet", null=True),
                ),
                (
                    "version",
                    models.PositiveSmallIntegerField(
                        default=1, help_text="of what was told; a form made for an older one changes nothing"
                    ),
                ),
                (
                    "told_anew_at",
                    models.DateTimeField(
                        help_text="when it was sent again with another text, after somebody could have read the one before",
                        null=True,
                    ),
                ),
                ("code_hash", models.BinaryField(max_length=32, unique=True)),
                (
                    "submission_hash",
                    models.BinaryField(help_text="makes a double click one story", max_length=32, unique=True),
                ),
                ("raw_body", core.encryption.EncryptedTextField(null=True)),
                ("raw_helped", core.encryption.EncryptedTextField(null=True)),
                ("raw_feeling", core.encryption.EncryptedTextField(null=True)),
                ("erase_raw_at", models.DateTimeField(null=True)),
                ("title", models.CharField(blank=True, max_length=120)),
                ("body", models.TextField(blank=True)),
                ("helped", models.TextField(blank=True)),
                ("feeling", models.TextField(blank=True)),
                ("teaser", models.CharField(blank=True, max_length=200)),
                (
                    "translated",
                    models.BooleanField(
                        default=False, help_text="the public text is a Dutch translation of what was told"
                    ),
                ),
                ("original_body", models.TextField(blank=True)),
                ("original_helped", models.TextField(blank=True)),
                ("original_feeling", models.TextField(blank=True)),
                (
                    "words_beside",
                    models.TextField(
                        blank=True,
                        editable=False,
                        help_text="searched beside the texts: base forms and parts of compounds, see stories.dutch.beside",
                    ),
                ),
                ("published_on", models.DateField(null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("nl", "Nederlands"),
                            ("en", "English"),
                            ("ar", "العربية"),
                            ("tr", "Türkçe"),
                            ("pl", "Polski"),
                            ("uk", "Українська"),
                        ],
                        default="nl",
                        help_text="in which it was told",
                        max_length=5,
                    ),
                ),
                (
                    "perspective",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("youth", "Youth"),
                            ("parent", "Parent or next of kin"),
                            ("professional", "Professional"),
                            ("expert", "Expert by experience"),
                            ("organisation", "Organisation"),
                            ("municipality", "Municipality"),
                            ("policy", "Policy and oversight"),
                            ("researcher", "Researcher"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "told_for",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("self", "About myself"),
                            ("child", "For my child"),
                            ("family", "For a brother, a sister or somebody else in my family"),
                            ("youth", "For a young person I know"),
                            ("care", "For somebody whom I help in my work"),
                        ],
                        max_length=6,
                    ),
                ),
                (
                    "with_help",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("together", "We tell it together now"),
                            ("could", "Yes, with help"),
                            ("no", "No, not now"),
                            ("unknown", "I do not know"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "age_band",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("0-11", "Younger than 12"),
                            ("12-15", "12 to 15"),
                            ("16-17", "16 or 17"),
                            ("18-22", "18 to 22"),
                            ("23+", "23 or older"),
                        ],
                        max_length=5,
                    ),
                ),
                (
                    "region",
                    models.ForeignKey(
                        limit_choices_to={"kind": "youth_region"},
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="movement.area",
                    ),
                ),
                (
                    "form_of_help",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("home", "Help at home"),
                            ("foster", "Foster care"),
                            ("family_home", "A family home"),
                            ("group", "A living group"),
                            ("secure", "Secure care"),
                            ("mental", "Mental health care"),
                            ("protection", "Youth protection or probation"),
                            ("access", "The neighbourhood team or municipality"),
                            ("school", "Help at school"),
                            ("waiting", "No help yet, waiting"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "reply_to",
                    models.ForeignKey(
                        db_index=False,
                        help_text="the story that this one answers; shown while both can be read, gone with either",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="replies",
                        to="stories.story",
                    ),
                ),
                (
                    "heavy",
                    models.BooleanField(default=False, help_text="behind a preview, and never news or in a feed"),
                ),
                (
                    "heavy_said",
                    models.BooleanField(help_text="a coordinator's own word; empty while nobody said it", null=True),
                ),
                ("decided_me", models.PositiveSmallIntegerField(null=True)),
                ("decided_family", models.PositiveSmallIntegerField(null=True)),
                ("decided_professionals", models.PositiveSmallIntegerField(null=True)),
                ("heard", models.PositiveSmallIntegerField(null=True)),
                ("seen", models.PositiveSmallIntegerField(null=True)),
                ("known", models.PositiveSmallIntegerField(null=True)),
                (
                    "audience",
                    models.CharField(
                        choices=[
                            ("everybody", "Everybody"),
                            ("members", "Members of the movement only"),
                            ("support", "Only the support centre"),
                        ],
                        max_length=9,
                    ),
                ),
                (
                    "quotable",
                    models.CharField(
                        choices=[("yes", "Yes"), ("ask", "Ask me"), ("no", "No")], default="no", max_length=3
                    ),
                ),
                (
                    "danger",
                    models.CharField(
                        choices=[("none", "No signal"), ("concern", "Concern"), ("urgent", "Urgent")],
                        default="none",
                        max_length=7,
                    ),
                ),
                (
                    "urgency",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Case(
                            models.When(danger="urgent", then=models.Value(2)),
                            models.When(danger="concern", then=models.Value(1)),
                            default=models.Value(0),
                        ),
                        output_field=models.SmallIntegerField(),
                    ),
                ),
                (
                    "danger_at",
                    models.DateTimeField(
                        help_text="when the gravest signal came in; its clock runs from here", null=True
                    ),
                ),
                ("danger_answered_at", models.DateTimeField(null=True)),
                (
                    "reader",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="stories_in_hand",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("claimed_at", models.DateTimeField(null=True)),
                (
                    "red_flag",
                    models.BooleanField(default=False, help_text="two people must have read it before it is published"),
                ),
                (
                    "first_approver",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "second_approver",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "red_reasons",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="open red reasons; above 0 it cannot be published"
                    ),
                ),
                (
                    "theme_ids",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(),
                        default=list,
                        editable=False,
                        help_text="kept by a trigger on StoryTheme",
                        size=None,
                    ),
                ),
                (
                    "search",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            django.contrib.postgres.search.CombinedSearchVector(
                                django.contrib.postgres.search.CombinedSearchVector(
                                    django.contrib.postgres.search.SearchVector("title", config="draad_nl", weight="A"),
                                    "||",
                                    django.contrib.postgres.search.SearchVector("body", config="draad_nl", weight="B"),
                                    django.contrib.postgres.search.SearchConfig("draad_nl"),
                                ),
                                "||",
                                django.contrib.postgres.search.SearchVector("helped", config="draad_nl", weight="B"),
                                django.contrib.postgres.search.SearchConfig("draad_nl"),
                            ),
                            models.Func(
                                django.contrib.postgres.search.SearchVector("words_beside", config="draad_nl"),
                                function="strip",
                            ),
                            arg_joiner=" || ",
                            output_field=django.contrib.postgres.search.SearchVectorField(),
                            template="(%(expressions)s)",
                        ),
                        output_field=django.contrib.postgres.search.SearchVectorField(),
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "stories",
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        condition=models.Q(("status", "published")),
                        fastupdate=False,
                        fields=["published_on", "region", "theme_ids", "form_of_help", "perspective", "search"],
                        name="story_search",
                    ),
                    models.Index(
                        models.OrderBy(models.F("published_on"), descending=True),
                        models.F("public_id"),
                        condition=models.Q(("status", "published")),
                        include=("id", "audience", "heavy", "region", "perspective", "form_of_help", "theme_ids"),
                        name="story_newest",
                    ),
                    models.Index(
                        models.F("region"),
                        models.OrderBy(models.F("published_on"), descending=True),
                        models.F("public_id"),
                        condition=models.Q(("status", "published")),
                        include=(
                            "id",
                            "audience",
                            "heavy",
                            "perspective",
                            "form_of_help",
                            "theme_ids",
                            "heard",
                            "seen",
                            "known",
                        ),
                        name="story_of_region",
                    ),
                    models.Index(
                        models.OrderBy(models.F("urgency"), descending=True),
                        models.F("sent_at"),
                        condition=models.Q(
                            ("status__in", ["waiting", "escalated", "in_hand", "question", "proposed", "on_hold"]),
                            models.Q(
                                models.Q(("danger", "none"), _negated=True),
                                ("danger_answered_at", None),
                                ("status__in", ["published", "refused"]),
                            ),
                            ("wrote_at__isnull", False),
                            _connector="OR",
                        ),
                        name="story_desk",
                    ),
                    models.Index(
                        condition=models.Q(("reply_to__isnull", False)), fields=["reply_to"], name="story_replies"
                    ),
                    models.Index(
                        condition=models.Q(("status", "own_time")), fields=["own_time_until"], name="story_own_time"
                    ),
                    models.Index(
                        condition=models.Q(("raw_body__isnull", False)), fields=["erase_raw_at"], name="story_erase"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "published"), _negated=True),
                            models.Q(
                                models.Q(("title", ""), _negated=True),
                                models.Q(("body", ""), _negated=True),
                                models.Q(("teaser", ""), _negated=True),
                                ("published_on__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="story_published_whole",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("audience", "support"), ("status", "published"), _negated=True),
                        name="story_published_with_consent",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("red_reasons__gt", 0), ("status", "published"), _negated=True),
                        name="story_red_reason_blocks",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("red_flag", True), ("status", "published"), _negated=True),
                            models.Q(
                                ("first_approver__isnull", False),
                                ("second_approver__isnull", False),
                                models.Q(("first_approver", models.F("second_approver")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="story_red_flag_two_people",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("heavy", True),
                            models.Q(
                                models.Q(("heavy_said", None), ("heavy_said", False), _connector="OR"),
                                models.Q(("danger", "none"), ("danger_answered_at__isnull", False), _connector="OR"),
                            ),
                            _connector="OR",
                        ),
                        name="story_heavy_as_said",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("with_help", ""), models.Q(("told_for__in", ["", "self"]), _negated=True), _connector="OR"
                        ),
                        name="story_help_is_for_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "withdrawn"), _negated=True),
                            models.Q(
                                ("body", ""),
                                ("feeling", ""),
                                ("helped", ""),
                                ("raw_body", None),
                                ("raw_feeling", None),
                                ("raw_helped", None),
                                ("teaser", ""),
                                ("title", ""),
                                ("words_beside", ""),
                                ("withdrawn_at__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="story_withdrawn_is_empty",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "withdrawn"), _negated=True), ("reply_to", None), _connector="OR"
                        ),
                        name="story_withdrawn_answers_nothing",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reply_to", None), models.Q(("reply_to", models.F("id")), _negated=True), _connector="OR"
                        ),
                        name="story_answers_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("status__in", ["own_time", "withdrawn"]), ("sent_at__isnull", False), _connector="OR"
                        ),
                        name="story_sent_when_on_desk",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("wrote_at", None),
                            models.Q(("status__in", ["own_time", "withdrawn"]), _negated=True),
                            _connector="OR",
                        ),
                        name="story_wrote_to_somebody",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("told_anew_at", None),
                            models.Q(("sent_at__isnull", False), ("version__gt", 1)),
                            _connector="OR",
                        ),
                        name="story_told_anew_is_another",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "escalated"), _negated=True), ("red_flag", True), _connector="OR"
                        ),
                        name="story_escalated_takes_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status__in", ["waiting", "escalated"]), _negated=True),
                            ("reader", None),
                            _connector="OR",
                        ),
                        name="story_pile_is_nobodys",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "in_hand"), _negated=True), ("reader__isnull", False), _connector="OR"
                        ),
                        name="story_in_hand_has_reader",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "published"), _negated=True),
                            ("language", "nl"),
                            ("translated", True),
                            _connector="OR",
                        ),
                        name="story_published_in_dutch",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("translated", True),
                            models.Q(("original_body", ""), ("original_feeling", ""), ("original_helped", "")),
                            _connector="OR",
                        ),
                        name="story_original_beside_translation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("status", "withdrawn"), ("translated", True), _negated=True),
                        name="story_withdrawn_untranslated",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("language__in", ["nl", "en", "ar", "tr", "pl", "uk"])),
                        name="story_language_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_family", None), ("decided_me", None), ("decided_professionals", None)),
                            (
                                "decided_me",
                                django.db.models.expressions.CombinedExpression(
                                    django.db.models.expressions.CombinedExpression(
                                        models.Value(100), "-", models.F("decided_family")
                                    ),
                                    "-",
                                    models.F("decided_professionals"),
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="story_decided_adds_up",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("heard", None), ("heard__range", (1, 5)), _connector="OR"),
                        name="story_heard_1_to_5",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("seen", None), ("seen__range", (1, 5)), _connector="OR"),
                        name="story_seen_1_to_5",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("known", None), ("known__range", (1, 5)), _connector="OR"),
                        name="story_known_1_to_5",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Consent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="consents", to="stories.story"
                    ),
                ),
                (
                    "use",
                    models.CharField(
                        choices=[
                            ("read", "Who may read it"),
                            ("quote", "May a sentence be quoted"),
                            ("own", "May the own words stand beside the translation"),
                        ],
                        max_length=5,
                    ),
                ),
                ("answer", models.CharField(max_length=9)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("answer__in", ["everybody", "members", "support"]), ("use", "read")),
                            models.Q(("answer__in", ["yes", "ask", "no"]), ("use", "quote")),
                            models.Q(("answer__in", ["yes", "no"]), ("use", "own")),
                            _connector="OR",
                        ),
                        name="consent_answer_fits",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="DangerNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="danger_notes", to="stories.story"
                    ),
                ),
                (
                    "steps",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        default=list,
                        help_text="of the house protocol",
                        size=None,
                    ),
                ),
                (
                    "to_whom",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("colleague", "A colleague"),
                            ("teller", "The teller"),
                            ("veilig_thuis", "Veilig Thuis"),
                            ("emergency", "112 or the police"),
                            ("other", "Somebody else"),
                        ],
                        max_length=12,
                    ),
                ),
                ("said", core.encryption.EncryptedTextField(null=True)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="EditProposal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="proposals", to="stories.story"
                    ),
                ),
                ("title", core.encryption.EncryptedTextField(null=True)),
                ("body", core.encryption.EncryptedTextField(null=True)),
                ("helped", core.encryption.EncryptedTextField(null=True)),
                ("feeling", core.encryption.EncryptedTextField(null=True)),
                (
                    "why",
                    core.encryption.EncryptedTextField(
                        help_text="why it was changed, in words for the teller", null=True
                    ),
                ),
                (
                    "leave_out",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("region", "The youth region"),
                                ("age_band", "The age"),
                                ("form_of_help", "The kind of help"),
                            ],
                            max_length=12,
                        ),
                        default=list,
                        help_text="taken off the story when published",
                        size=None,
                    ),
                ),
                ("translates", models.BooleanField(default=False)),
                ("original", models.BooleanField(default=False)),
                ("original_agreed", models.BooleanField(default=False)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("agreed", "Agreed"),
                            ("declined", "Declined"),
                            ("replaced", "Replaced"),
                        ],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("answered_at", models.DateTimeField(null=True)),
            ],
            options={
                "ordering": ["at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "open")), fields=("story",), name="proposal_one_open"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("leave_out__contained_by", ["region", "age_band", "form_of_help"])),
                        name="proposal_leaves_out_answers",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("original", False), ("translates", True), _connector="OR"),
                        name="proposal_original_of_translation",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("original_agreed", False), ("original", True), _connector="OR"),
                        name="proposal_original_was_offered",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="HouseRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0)),
                ("checked_on", models.DateField(default=django.utils.timezone.localdate)),
                ("ended_on", models.DateField(blank=True, null=True)),
                ("slug", models.SlugField(unique=True)),
                (
                    "severity",
                    models.CharField(choices=[("green", "Green"), ("amber", "Amber"), ("red", "Red")], max_length=5),
                ),
                ("text", models.CharField(max_length=200)),
                ("explanation", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["position"],
            },
        ),
        migrations.CreateModel(
            name="InitiativeLink",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.CharField(default=core.ids.public_id, editable=False, max_length=10, unique=True)),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="initiative_links", to="stories.story"
                    ),
                ),
                (
                    "initiative",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="story_links",
                        to="movement.initiative",
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("why", models.CharField(blank=True, max_length=200)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("story", "initiative"), name="initiative_link_once")],
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="messages", to="stories.story"
                    ),
                ),
                ("from_teller", models.BooleanField()),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("text", core.encryption.EncryptedTextField(null=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["at", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("from_teller", False), ("author", None), _connector="OR"),
                        name="message_teller_has_no_member",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Ruling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="rulings", to="stories.story"
                    ),
                ),
                (
                    "outcome",
                    models.CharField(
                        choices=[("left", "It stays"), ("held", "On hold"), ("off", "Taken off")], max_length=4
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "Still to be decided"),
                            ("stands", "Stands"),
                            ("objected", "Somebody does not agree"),
                            ("closed", "Closed"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "round",
                    models.PositiveSmallIntegerField(default=1, help_text="1, and one more after each objection"),
                ),
                ("statement", core.encryption.EncryptedTextField(null=True)),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "erase_at",
                    models.DateTimeField(help_text="until then somebody may object; then all that was written goes"),
                ),
                (
                    "review",
                    models.ForeignKey(
                        help_text="what came of objecting",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="stories.ruling",
                    ),
                ),
                (
                    "reviewer",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["pending", "objected"])), fields=["story"], name="ruling_open"
                    ),
                    models.Index(
                        condition=models.Q(("statement__isnull", False)), fields=["erase_at"], name="ruling_erase"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "pending")), fields=("story",), name="ruling_one_hold"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("outcome", "held"), ("state__in", ["pending", "closed"])),
                            models.Q(("outcome__in", ["left", "off"]), ("state__in", ["stands", "objected", "closed"])),
                            _connector="OR",
                        ),
                        name="ruling_hold_is_no_end",
                    ),
                    models.CheckConstraint(condition=models.Q(("round__range", (1, 3))), name="ruling_rounds_end"),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reviewer", None),
                            ("author", None),
                            models.Q(("reviewer", models.F("author")), _negated=True),
                            _connector="OR",
                        ),
                        name="ruling_second_person",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.CharField(default=core.ids.public_id, editable=False, max_length=10, unique=True)),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reports", to="stories.story"
                    ),
                ),
                (
                    "why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("recognised", "Somebody can be recognised"),
                            ("untrue", "It is not true"),
                            ("hurts", "It hurts or threatens somebody"),
                            ("other", "Something else"),
                        ],
                        help_text="empty once the story was taken back",
                        max_length=10,
                    ),
                ),
                ("text", core.encryption.EncryptedTextField(null=True)),
                ("danger", models.BooleanField(default=False, help_text="its words may tell of danger")),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                ("erase_at", models.DateTimeField()),
                ("code_hash", models.BinaryField(max_length=32, unique=True)),
                (
                    "submission_hash",
                    models.BinaryField(help_text="makes a double click one report", max_length=32, unique=True),
                ),
                (
                    "ruling",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reports",
                        to="stories.ruling",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
                "indexes": [
                    models.Index(condition=models.Q(("ruling", None)), fields=["story"], name="report_open"),
                    models.Index(condition=models.Q(("text__isnull", False)), fields=["erase_at"], name="report_erase"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Objection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ruling",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="objections", to="stories.ruling"
                    ),
                ),
                (
                    "report",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="objections",
                        to="stories.report",
                    ),
                ),
                ("text", core.encryption.EncryptedTextField(null=True)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "ordering": ["at", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("ruling", "report"), name="objection_once", nulls_distinct=False)
                ],
            },
        ),
        migrations.CreateModel(
            name="PublicAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.CharField(default=core.ids.public_id, editable=False, max_length=10, unique=True)),
                (
                    "story",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="public_answers",
                        to="stories.story",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="movement.organisation"
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("thanks", "A word of thanks"),
                            ("explanation", "An explanation"),
                            ("will_do", "What we will do"),
                            ("did", "What we did"),
                        ],
                        max_length=11,
                    ),
                ),
                ("text", models.TextField()),
                ("due_on", models.DateField(help_text="before when, of what we will do", null=True)),
                ("done_on", models.DateField(help_text="when it was said that it is done", null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting for the support centre"),
                            ("published", "On the site"),
                            ("refused", "Not on the site"),
                            ("gone", "Gone with the story"),
                        ],
                        default="waiting",
                        max_length=9,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                (
                    "rule",
                    models.ForeignKey(
                        help_text="why it was refused",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="stories.houserule",
                    ),
                ),
                ("statement", models.TextField(blank=True, help_text="why it was refused, in words for who wrote it")),
            ],
            options={
                "indexes": [
                    models.Index(condition=models.Q(("state", "waiting")), fields=["at"], name="answer_desk"),
                    models.Index(
                        condition=models.Q(("done_on", None), ("state", "published")),
                        fields=["due_on"],
                        name="answer_late",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "waiting")),
                        fields=("story", "organisation"),
                        name="answer_one_waiting",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("done_on", None),
                                ("due_on", None),
                                ("rule", None),
                                ("state", "gone"),
                                ("statement", ""),
                                ("story", None),
                                ("text", ""),
                            ),
                            models.Q(
                                models.Q(("state", "gone"), _negated=True),
                                ("story__isnull", False),
                                models.Q(("text", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="answer_gone_is_empty",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state", "gone"),
                            models.Q(("due_on__isnull", False), ("kind", "will_do")),
                            models.Q(models.Q(("kind", "will_do"), _negated=True), ("due_on", None)),
                            _connector="OR",
                        ),
                        name="answer_promise_has_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("done_on", None), models.Q(("kind", "will_do"), ("state", "published")), _connector="OR"
                        ),
                        name="answer_done_was_promised",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("state__in", ["waiting", "gone"]), ("decided_at__isnull", False), _connector="OR"
                        ),
                        name="answer_decided_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), _negated=True),
                            models.Q(("rule__isnull", False), models.Q(("statement", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="answer_refused_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("author", models.F("decided_by")), _negated=True), name="answer_two_people"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reach",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.CharField(default=core.ids.public_id, editable=False, max_length=10, unique=True)),
                (
                    "story",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reach", to="stories.story"
                    ),
                ),
                ("email", core.encryption.EncryptedTextField()),
                ("language", models.CharField(default="nl", help_text="of the page where it was left", max_length=2)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Recognition",
            fields=[
                (
                    "story",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        serialize=False,
                        to="stories.story",
                    ),
                ),
                ("times", models.PositiveIntegerField(default=0)),
                (
                    "shown",
                    models.PositiveSmallIntegerField(
                        default=0,
                        help_text="what readers see, a step of `core.disclosure.STEPS`; follows `times` once a day",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("shown__in", [0, 5, 10, 25, 50, 100]), ("shown__lte", models.F("times"))),
                        name="recognition_shown_in_steps",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedSearch",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("public_id", models.CharField(default=core.ids.public_id, editable=False, max_length=10, unique=True)),
                (
                    "member",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_searches",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("asked", models.CharField(max_length=700)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
            ],
            options={
                "verbose_name_plural": "saved searches",
                "ordering": ["at", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("member", "asked"), name="saved_search_once"),
                    models.CheckConstraint(
                        condition=models.Q(("asked", ""), _negated=True), name="saved_search_asks_something"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StoryReason",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "story",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reasons", to="stories.story"
                    ),
                ),
                ("rule", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="stories.houserule")),
                (
                    "author",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "solved_at",
                    models.DateTimeField(
                        help_text="an edit takes it away; an open red one blocks publishing", null=True
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("story", "rule"), name="story_reason_once")],
            },
        ),
        migrations.CreateModel(
            name="StoryTheme",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("story", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to="stories.story")),
                ("theme", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to="movement.theme")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("theme", "story"), name="story_theme_once")],
            },
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="houserule",
            trigger=pgtrigger.compiler.Trigger(
                name="ends_and_never_goes",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="5055ebd38a5931f657673a3ab26af6d86dcea190",
                    operation="DELETE",
                    pgid="pgtrigger_ends_and_never_goes_024b2",
                    table="stories_houserule",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="houserule",
            trigger=pgtrigger.compiler.Trigger(
                name="red_keeps_blocking",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."severity" IS DISTINCT FROM (NEW."severity"))',
                    func="\n                    if old.severity = 'red' and exists (\n                        select from stories_storyreason where rule_id = new.id and solved_at is null\n                    ) then\n                        raise exception using errcode = 'check_violation', constraint = 'red_keeps_blocking',\n                            message = 'A red rule that stands open somewhere stays red.';\n                    end if;\n                    update stories_story story set red_reasons = (\n                        select count(*) from stories_storyreason reason\n                        join stories_houserule rule on rule.id = reason.rule_id\n                        where reason.story_id = story.id and reason.solved_at is null and rule.severity = 'red'\n                    ) where id in (\n                        select story_id from stories_storyreason where rule_id = new.id and solved_at is null\n                    );\n                    return null;\n                ",
                    hash="af4ebd086c4503cce6f181a41d785d1103147bec",
                    operation='UPDATE OF "severity"',
                    pgid="pgtrigger_red_keeps_blocking_3e84d",
                    table="stories_houserule",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="story",
            name="themes",
            field=models.ManyToManyField(related_name="stories", through="stories.StoryTheme", to="movement.theme"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="storytheme",
            trigger=pgtrigger.compiler.Trigger(
                name="theme_added",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            update stories_story set theme_ids = array(\n                select theme_id from stories_storytheme where story_id = stories_story.id order by theme_id\n            ) where id in (select story_id from changed);\n            return null;\n        ",
                    hash="3636196fcffa1cfeb77a0563249ae34115621fb0",
                    level="STATEMENT",
                    operation="INSERT",
                    pgid="pgtrigger_theme_added_1f879",
                    referencing="REFERENCING NEW TABLE AS changed ",
                    table="stories_storytheme",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="storytheme",
            trigger=pgtrigger.compiler.Trigger(
                name="theme_taken_off",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="\n            update stories_story set theme_ids = array(\n                select theme_id from stories_storytheme where story_id = stories_story.id order by theme_id\n            ) where id in (select story_id from changed);\n            return null;\n        ",
                    hash="72e182435982749084de1238a99657959e16a6d0",
                    level="STATEMENT",
                    operation="DELETE",
                    pgid="pgtrigger_theme_taken_off_3b39b",
                    referencing="REFERENCING OLD TABLE AS changed ",
                    table="stories_storytheme",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="story",
            trigger=pgtrigger.compiler.Trigger(
                name="only_ways_of_the_table",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."status" IS DISTINCT FROM (NEW."status"))',
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{escalated:in_hand,escalated:waiting,escalated:withdrawn,in_hand:escalated,in_hand:on_hold,in_hand:proposed,in_hand:published,in_hand:question,in_hand:refused,in_hand:waiting,in_hand:withdrawn,on_hold:published,on_hold:refused,on_hold:waiting,on_hold:withdrawn,own_time:waiting,own_time:withdrawn,proposed:in_hand,proposed:published,proposed:refused,proposed:waiting,proposed:withdrawn,published:on_hold,published:refused,published:waiting,published:withdrawn,question:in_hand,question:refused,question:waiting,question:withdrawn,refused:published,refused:waiting,refused:withdrawn,waiting:in_hand,waiting:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="4a6a29fff043748c592dbff171bf7d29047c14bd",
                    operation="UPDATE",
                    pgid="pgtrigger_only_ways_of_the_table_396d5",
                    table="stories_story",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="story",
            trigger=pgtrigger.compiler.Trigger(
                name="danger_is_answered_first",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NEW."danger_answered_at" IS NULL AND NEW."status" = \'published\' AND NOT (NEW."danger" = \'none\'))',
                    func="\n                    if tg_op = 'INSERT' or old.status <> 'published' then\n                        raise exception using errcode = 'check_violation', constraint = 'danger_is_answered_first',\n                            message = 'A story is not published while its danger is open.';\n                    end if;\n                    return new;\n                ",
                    hash="61623e5186ee8a88ccaa93236703f1f3ba6df6e9",
                    operation='INSERT OR UPDATE OF "status"',
                    pgid="pgtrigger_danger_is_answered_first_3bc31",
                    table="stories_story",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="story",
            trigger=pgtrigger.compiler.Trigger(
                name="another_text_is_read_anew",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."version" IS DISTINCT FROM (NEW."version"))',
                    func="\n                    if new.version <> old.version + 1 or old.raw_body is null or new.raw_body is null\n                        or new.status not in ('own_time', 'waiting') or new.title <> '' or new.body <> ''\n                        or new.first_approver_id is not null or new.second_approver_id is not null\n                        or exists (\n                            select from stories_editproposal\n                            where story_id = new.id and (state in ('open', 'agreed') or body is not null)\n                        )\n                    then\n                        raise exception using errcode = 'check_violation', constraint = 'another_text_is_read_anew',\n                            message = 'Another text is read anew.';\n                    end if;\n                    return new;\n                ",
                    hash="6974f5abb04b5e43ec1a1ac700a063dc49e395af",
                    operation='UPDATE OF "version"',
                    pgid="pgtrigger_another_text_is_read_anew_8ab11",
                    table="stories_story",
                    when="BEFORE",
                ),
            ),
        ),
        # What tellers, readers, organisations and the support centre write.
        *unsampled(
            {
                "stories_story": (
                    "title",
                    "body",
                    "helped",
                    "feeling",
                    "teaser",
                    "words_beside",
                    "raw_body",
                    "raw_helped",
                    "raw_feeling",
                    "original_body",
                    "original_helped",
                    "original_feeling",
                ),
                "stories_initiativelink": ("why",),
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
        ),
    ]
