"""One settings file. What differs between places comes from the environment; docs/operations.md lists it."""

from pathlib import Path
from urllib.parse import urlsplit

import dj_database_url

from core import env

ROOT = Path(__file__).resolve().parent.parent

# --- who and where -----------------------------------------------------------------------------------------
SITE_URL = env.text("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
SITE_NAME = env.text("SITE_NAME", "Radicale vernieuwing jeugdzorg")
SECURE = SITE_URL.startswith("https://")
DEBUG = env.flag("DEBUG")
SECRET_KEY = env.text("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS") or [urlsplit(SITE_URL).hostname or "127.0.0.1", "localhost"]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# --- keys of our own: the first encrypts, all decrypt (core.encryption); the pepper goes into every story code
ENCRYPTION_KEYS = env.words("ENCRYPTION_KEYS")
CODE_PEPPER = env.text("CODE_PEPPER")

SECURITY_CONTACT = env.text("SECURITY_CONTACT", f"{SITE_URL}/hulp/")  # in /.well-known/security.txt

# --- the house ---------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "config",
    "portal",
    "letters",
    "monitor",
    "actionteams",
    "stories",
    "movement",
    "core",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "pgtrigger",
    "template_partials",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "core.middleware.headers",
    "core.middleware.sound",
    "core.languages.spoken",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "portal.errors.KindPages",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context.house",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "core.templatetags.once",
                "core.templatetags.languages",
            ],
        },
    }
]
FORM_RENDERER = "core.forms.Renderer"

# --- data --------------------------------------------------------------------------------------------------
# Kept for some minutes; core.connections lets go of one that the database ended meanwhile.
_DATABASE = dj_database_url.parse(env.address("DATABASE_URL", *env.DATABASES), conn_max_age=300)
DATABASES = {
    "default": {
        **_DATABASE,
        "DISABLE_SERVER_SIDE_CURSORS": False,
        # A prepared statement (core.prepared) is planned once, for all values alike.
        "OPTIONS": {"options": "-c plan_cache_mode=force_generic_plan", **_DATABASE.get("OPTIONS", {})},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env.address("REDIS_URL", *env.QUEUES)
CACHES = {"default": {"BACKEND": "core.cache.ValkeyCache", "LOCATION": REDIS_URL}}

# --- members and sessions ----------------------------------------------------------------------------------
AUTH_USER_MODEL = "movement.Member"
AUTHENTICATION_BACKENDS = ["movement.backend.MemberBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "mijn"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "letters.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_SIGNUP_FORM_CLASS = "movement.forms.SignupForm"
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 600
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a mail when a second step is set or taken away
ACCOUNT_FORMS = {
    "request_login_code": "movement.account_forms.RequestCodeForm",
    "confirm_login_code": "movement.account_forms.LoginCodeForm",
    "confirm_email_verification_code": "movement.account_forms.EmailCodeForm",
    "signup": "movement.account_forms.SignupForm",
}
# Eight digits and three tries a code, ten codes an hour for one address: one chance in three million an hour. An
# institution is behind one address of the network, so `ip` is wide and `key` (the e-mail address) is narrow.
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "signup": "30/m/ip,200/h/ip",
    "request_login_code": "60/m/ip,3/m/key,10/h/key",
    "confirm_email": "1/10s/key,10/h/key",
    "login_failed": "60/m/ip,5/5m/key,30/d/key",
    "reauthenticate": "10/m/user",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.flag("BEHIND_PROXY") else 0
MFA_ADAPTER = "letters.adapter.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "movement.account_forms.AuthenticateForm",
    "reauthenticate": "movement.account_forms.ReauthenticateForm",
    "activate_totp": "movement.account_forms.ActivateForm",
    "add_webauthn": "movement.account_forms.AddPasskeyForm",
    "login_webauthn": "movement.account_forms.LoginPasskeyForm",
    "reauthenticate_webauthn": "movement.account_forms.ReauthenticatePasskeyForm",
}
MFA_TOTP_TOLERANCE = 1  # clocks of phones are off; a code is used once all the same
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE
MFA_TOTP_ISSUER = SITE_NAME

SESSION_ENGINE = "core.sessions"
# A cookie knows no port: two checkouts on one machine would log each other out under one name.
_suffix = "" if SECURE else f"_{urlsplit(SITE_URL).port or 80}"
SESSION_COOKIE_NAME = "__Host-sessie" if SECURE else f"sessie{_suffix}"
SESSION_COOKIE_SECURE = SECURE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = env.number("SESSION_HOURS", 8, least=1) * 3600  # a working day; then everybody logs in again
SECOND_FACTOR_HOURS = env.number("SECOND_FACTOR_HOURS", 8, least=1)  # a working day; then the desk asks again
DESK_IDLE_MINUTES = env.number("DESK_IDLE_MINUTES", 30, least=1)  # to read a long story in; not a lunch away from it
CSRF_USE_SESSIONS = True  # the token lives in the session, so a reader gets no cookie at all
CSRF_FAILURE_VIEW = "portal.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- headers -----------------------------------------------------------------------------------------------
# In the form of Django 6.0, which sends it by itself; until then core.middleware.headers does.
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'none'"],
    "frame-src": ["'none'"],
    "base-uri": ["'none'"],
    "object-src": ["'none'"],
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"  # "no-referrer" makes browsers hide the Origin of our own forms as well
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 63_072_000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE
SECURE_HSTS_PRELOAD = SECURE
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^gezond/$"]  # the health check comes from inside, past the proxy
BEHIND_PROXY = env.flag("BEHIND_PROXY")
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"

# --- language, time, files ---------------------------------------------------------------------------------
LANGUAGE_CODE = "nl"
# The house is Dutch; the telling route speaks these (core.languages). Each is named in itself.
LANGUAGES = [
    ("nl", "Nederlands"),
    ("en", "English"),
    ("ar", "العربية"),
    ("tr", "Türkçe"),
    ("pl", "Polski"),
    ("uk", "Українська"),
]
USE_I18N = True
TIME_ZONE = "Europe/Amsterdam"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.text("STATIC_ROOT", str(ROOT / "var" / "static")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 3_000_000  # a story that is far too long comes back with a sentence, not lost
DATA_UPLOAD_MAX_NUMBER_FIELDS = 400
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_000_000

# --- post --------------------------------------------------------------------------------------------------
EMAIL_HOST = env.text("EMAIL_HOST", "127.0.0.1")
EMAIL_PORT = env.number("EMAIL_PORT", 25, least=1, most=65535)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = env.text("MAIL_FROM", f"{SITE_NAME} <post@localhost>")

# --- the worker: a job carries ids only, PostgreSQL is the truth and the broker a wake-up ---------------------
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1).replace("?db=", "?virtual_host=")
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_TIME_LIMIT = 600
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_SEND_TASK_EVENTS = False
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 1800,
    "unacked_restore_interval": 1,
    "unacked_restore_throttle": 1,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = TIME_ZONE

# --- periods, each with its reason ----------------------------------------------------------------------------
OWN_TIME_HOURS = env.number("OWN_TIME_HOURS", 48)  # a teller may sleep on it twice
RAW_KEPT_DAYS = env.number("RAW_KEPT_DAYS", 30)  # after publishing: time to object to the edit
RAW_KEPT_DAYS_REFUSED = env.number("RAW_KEPT_DAYS_REFUSED", 7)  # after refusing: time to ask for the text back
RAW_KEPT_DAYS_UNANSWERED = env.number("RAW_KEPT_DAYS_UNANSWERED", 90)  # our question waits: a school term
RAW_KEPT_DAYS_HELD = env.number("RAW_KEPT_DAYS_HELD", 365)  # for our eyes only: a year, so that we can learn from it
LETTERS_KEPT_DAYS = env.number("LETTERS_KEPT_DAYS", 365, least=31)  # a year: what was new a year ago, nobody looks up
QUOTE_GAP_DAYS = env.number("QUOTE_GAP_DAYS", 182)  # half a year: council papers that may hold the quote are made anew
# Staffed hours after which a story goes back on the pile when its reader did nothing with it.
READ_HOURS = env.number("READ_HOURS", 16)  # two working days: what a teller writes is read; said to them with its day
CLAIM_HOURS = env.number("CLAIM_HOURS", 16)  # two working days: somebody who is ill holds nobody up
CLAIM_HOURS_DANGER = env.number("CLAIM_HOURS_DANGER", 1)  # as long as an urgent one may wait
TEXTS_CHECK_DAYS = env.number("TEXTS_CHECK_DAYS", 182, least=1)  # half a year: numbers and hours of help lines change
# Heavy stories that one coordinator opens on a day before the desk proposes to hand over: reading on alone wears out.
HEAVY_A_DAY = env.number("HEAVY_A_DAY", 6, least=1)
# Stories that one coordinator opens on a day before her colleagues see that it is much, where more is not usual: above
# a full desk of forty, so that a good day of reading says nothing.
READ_MUCH_A_DAY = env.number("READ_MUCH_A_DAY", 50, least=1)
TELLER_SESSION_MINUTES = env.number("TELLER_SESSION_MINUTES", 10)  # a shared tablet is handed on
DESK_STAFFED = env.text("DESK_STAFFED", "ma-vr 9-17")  # shown to tellers; the danger clock runs in these hours
DESK_CLOSED = env.text("DESK_CLOSED", "")  # days on which nobody is there: said to tellers, and the clock stands still
CONTACT_EMAIL = env.text("CONTACT_EMAIL", "")  # for questions on privacy and accessibility; shown when filled
QUICK_EXIT_URL = env.text("QUICK_EXIT_URL", "https://www.buienradar.nl/")  # neutral, Dutch, quick

# --- logs: one JSON line each, an allow-list of fields (core.logs) ---------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "core.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
    "loggers": {
        "django": {"level": "INFO", "handlers": [], "propagate": True},
        "django.server": {"level": "WARNING", "handlers": [], "propagate": True},
    },
}
