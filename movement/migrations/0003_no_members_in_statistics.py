"""Who a member is, which goes when she says so, is sampled no more; see core.statistics."""

from django.db import migrations

from core.statistics import unsampled


class Migration(migrations.Migration):
    dependencies = [
        ("movement", "0002_texts_of_the_house"),
    ]

    operations = unsampled({"movement_member": ("name", "email")})
