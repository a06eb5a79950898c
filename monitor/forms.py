from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from monitor.importing.reading import MAX_BYTES


class FileForm(forms.Form):
    """A file of figures. What is in it is judged by the importer, which answers with a row and a column."""

    file = forms.FileField(
        label=_("File with figures"),
        help_text=_("CSV or XLSX, at most 5 MB."),
        error_messages={"required": _("Choose a file first."), "empty": _("This file is empty. Choose another one.")},
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.xlsx,text/csv"}),
    )

    def clean_file(self) -> Any:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BYTES:
            raise forms.ValidationError(_("This file is larger than 5 MB. Split it into smaller files."))
        return file
