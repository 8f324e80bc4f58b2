"""Addresses of accounts and what they hold."""

from django.urls import path

from juli.config.accounts import views
from juli.config.accounts.lists import ACCOUNTS, GRANTS
from juli.engines.desk.lists.page import list_view

app_name = "scope"
urlpatterns = [
    path("accounts/", list_view(ACCOUNTS), name="accounts"),
    path("grants/", list_view(GRANTS), name="grants"),
    path("accounts/new/", views.opening, name="account-new"),
    path("accounts/<int:account_id>/", views.account, name="account"),
    *(
        path(
            f"accounts/<int:account_id>/{verb.slug}/",
            views.account_verb,
            {"verb": verb},
            name=f"account-{verb.slug}",
        )
        for verb in views.ACCOUNT_VERBS
    ),
    path("accounts/<int:account_id>/suspension/", views.suspension, name="account-suspension"),
    path("accounts/<int:account_id>/reinstatement/", views.reinstatement, name="account-reinstatement"),
    path("grants/<int:grant_id>/ending/", views.duty_ending, name="duty-ending"),
]
