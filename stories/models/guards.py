"""What the database itself refuses about a story, where that takes more than a constraint."""

import pgtrigger

# Nobody has read another text yet: it is the teller's, or on the pile without a reader, an approval or
# anything of the one before it; and what was erased is not told anew.
ANOTHER_TEXT_IS_READ_ANEW = pgtrigger.Trigger(
    name="another_text_is_read_anew",
    when=pgtrigger.Before,
    operation=pgtrigger.UpdateOf("version"),  # type: ignore[no-untyped-call]  # theirs has no types
    condition=pgtrigger.Q(old__version__df=pgtrigger.F("new__version")),
    func="""
                    if new.version <> old.version + 1 or old.raw_body is null or new.raw_body is null
                        or new.status not in ('own_time', 'waiting') or new.title <> '' or new.body <> ''
                        or new.first_approver_id is not null or new.second_approver_id is not null
                        or exists (
                            select from stories_editproposal
                            where story_id = new.id and (state in ('open', 'agreed') or body is not null)
                        )
                    then
                        raise exception using errcode = 'check_violation', constraint = 'another_text_is_read_anew',
                            message = 'Another text is read anew.';
                    end if;
                    return new;
                """,
)

# Not a constraint: what is on the site stays there when its teller tells of danger later.
DANGER_IS_ANSWERED_FIRST = pgtrigger.Trigger(
    name="danger_is_answered_first",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("status"),  # type: ignore[no-untyped-call]  # theirs has no types
    condition=pgtrigger.Q(new__status="published", new__danger_answered_at__isnull=True)
    & ~pgtrigger.Q(new__danger="none"),
    func="""
                    if tg_op = 'INSERT' or old.status <> 'published' then
                        raise exception using errcode = 'check_violation', constraint = 'danger_is_answered_first',
                            message = 'A story is not published while its danger is open.';
                    end if;
                    return new;
                """,
)

# Whoever writes this number, it is counted: here, when everybody who had the story or its reasons before is done.
# One more than there were asks for two people, of whom who noted it is the first; also when two decided before.
RED_IS_COUNTED = pgtrigger.Trigger(
    name="red_is_counted",
    when=pgtrigger.Before,
    operation=pgtrigger.UpdateOf("red_reasons"),  # type: ignore[no-untyped-call]  # theirs has no types
    declare=[("newest", "bigint")],
    func="""
                    select count(*), max(reason.id) into new.red_reasons, newest
                    from stories_storyreason reason join stories_houserule rule on rule.id = reason.rule_id
                    where reason.story_id = new.id and reason.solved_at is null and rule.severity = 'red';
                    if new.red_reasons > old.red_reasons then
                        new.red_flag := true;
                        if new.first_approver_id is null
                            or (new.second_approver_id is not null and new.published_on is not null)
                        then
                            select author_id, null into new.first_approver_id, new.second_approver_id
                            from stories_storyreason where id = newest;
                        end if;
                    end if;
                    return new;
                """,
)

# What takes two people is never made to take one.
RED_FLAG_STAYS = pgtrigger.Trigger(
    name="red_flag_stays",
    when=pgtrigger.Before,
    operation=pgtrigger.UpdateOf("red_flag"),  # type: ignore[no-untyped-call]  # theirs has no types
    condition=pgtrigger.Q(old__red_flag=True, new__red_flag=False) & ~pgtrigger.Q(new__status="withdrawn"),
    func="""
                    raise exception using errcode = 'check_violation', constraint = 'red_flag_stays',
                        message = 'A red flag stays until the story is taken back.';
                """,
)

# A sentence is quoted with consent, and from a text that everybody can read: what ends either empties it, here, so that
# none is forgotten by whoever changes a story. The journal tells it, and so who chose it hears of it.
QUOTES_GO_ALONG = pgtrigger.Trigger(
    name="quotes_go_along",
    when=pgtrigger.After,
    operation=pgtrigger.Update,
    condition=pgtrigger.Q(old__status="published", old__quotable="yes"),
    func="""
                    with gone as (
                        update stories_quote set text = '', story_id = null, gone_at = clock_timestamp()
                        where story_id = new.id and gone_at is null and not (
                            new.status = 'published' and new.audience = 'everybody' and new.quotable = 'yes'
                            and region_id is not distinct from new.region_id
                            and (strpos(new.body, text) > 0 or strpos(new.helped, text) > 0)
                        )
                        returning public_id
                    )
                    insert into core_journalentry (verb, subject_kind, subject_id, actor, area, at)
                    select 'quote.lapsed', 'quote', public_id, '', '', clock_timestamp() from gone;
                    return null;
                """,
)

GUARDS = [DANGER_IS_ANSWERED_FIRST, ANOTHER_TEXT_IS_READ_ANEW, RED_IS_COUNTED, RED_FLAG_STAYS, QUOTES_GO_ALONG]
