// @generated automatically by Diesel CLI.

diesel::table! {
    assignments (id) {
        id -> Uuid,
        requirement_id -> Uuid,
        rule_id -> Uuid,
        person_id -> Uuid,
        cycle -> Int4,
        opens_on -> Date,
        original_due_on -> Date,
        due_on -> Date,
        due_at -> Timestamptz,
        zone -> Text,
        decided_by -> Text,
        reason -> Jsonb,
        assigned_at -> Timestamptz,
    }
}

diesel::table! {
    attempt_results (attempt_id) {
        attempt_id -> Uuid,
        answers -> Jsonb,
        right_answers -> Int4,
        questions -> Int4,
        missed_critical -> Int4,
        passed -> Bool,
        submitted_at -> Timestamptz,
    }
}

diesel::table! {
    attempts (id) {
        id -> Uuid,
        run_id -> Uuid,
        number -> Int4,
        language -> Text,
        seed -> Bytea,
        paper -> Jsonb,
        started_at -> Timestamptz,
    }
}

diesel::table! {
    attestation_private (attestation_id) {
        attestation_id -> Uuid,
        displayed_name -> Text,
        decline_reason -> Nullable<Text>,
        record -> Text,
        salt -> Bytea,
    }
}

diesel::table! {
    attestation_sign_ins (attestation_id) {
        attestation_id -> Uuid,
        method -> Text,
        issuer -> Text,
        factors -> Jsonb,
        signed_in_at -> Timestamptz,
        reauthenticated_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    attestations (id) {
        id -> Uuid,
        assignment_id -> Uuid,
        person_id -> Uuid,
        engagement_id -> Uuid,
        text_id -> Uuid,
        policy -> Text,
        version -> Int4,
        language -> Text,
        prevailing_language -> Text,
        source_sha256 -> Bytea,
        html_sha256 -> Bytea,
        renderer -> Text,
        statement -> Text,
        statement_version -> Int4,
        statement_sha256 -> Bytea,
        meaning -> Jsonb,
        response -> Text,
        opened_at -> Timestamptz,
        end_reached_at -> Timestamptz,
        signed_at -> Timestamptz,
        recorded_at -> Timestamptz,
        session_sha256 -> Bytea,
        previous_id -> Nullable<Uuid>,
        idempotency_key -> Uuid,
        commitment -> Bytea,
    }
}

diesel::table! {
    check_answers (id) {
        id -> Uuid,
        run_id -> Uuid,
        part -> Text,
        question -> Text,
        choices -> Jsonb,
        is_right -> Bool,
        language -> Text,
        answered_at -> Timestamptz,
        position -> Int8,
    }
}

diesel::table! {
    completions (id) {
        id -> Uuid,
        assignment_id -> Uuid,
        person_id -> Uuid,
        requirement_id -> Uuid,
        version_id -> Uuid,
        language -> Text,
        evidence -> Text,
        evidence_id -> Uuid,
        occurred_at -> Timestamptz,
        recorded_at -> Timestamptz,
    }
}

diesel::table! {
    content_assets (sha256) {
        sha256 -> Bytea,
        media_type -> Text,
        bytes -> Bytea,
    }
}

diesel::table! {
    content_decisions (proposal_id) {
        proposal_id -> Uuid,
        proposed_by -> Uuid,
        decision -> Text,
        reason -> Text,
        decided_by -> Uuid,
        decided_at -> Timestamptz,
    }
}

diesel::table! {
    content_proposals (id) {
        id -> Uuid,
        kind -> Text,
        slug -> Text,
        version -> Int4,
        materiality -> Text,
        source_sha256 -> Bytea,
        shown_sha256 -> Bytea,
        note -> Text,
        proposed_by -> Uuid,
        proposed_at -> Timestamptz,
    }
}

diesel::table! {
    content_reviews (id) {
        id -> Uuid,
        version_id -> Uuid,
        outcome -> Text,
        threats -> Text,
        notes -> Text,
        review_by -> Date,
        reviewed_by -> Uuid,
        reviewed_at -> Timestamptz,
    }
}

diesel::table! {
    content_texts (id) {
        id -> Uuid,
        version_id -> Uuid,
        language -> Text,
        part -> Text,
        position -> Int4,
        title -> Text,
        summary -> Text,
        source -> Text,
        source_sha256 -> Bytea,
        html -> Text,
        html_sha256 -> Bytea,
        document -> Jsonb,
    }
}

diesel::table! {
    content_version_assets (version_id, file) {
        version_id -> Uuid,
        file -> Text,
        sha256 -> Bytea,
    }
}

diesel::table! {
    content_versions (id) {
        id -> Uuid,
        kind -> Text,
        slug -> Text,
        version -> Int4,
        materiality -> Text,
        settings -> Jsonb,
        source_sha256 -> Bytea,
        renderer -> Text,
        effective_at -> Timestamptz,
        published_at -> Timestamptz,
        proposal_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    course_runs (id) {
        id -> Uuid,
        assignment_id -> Uuid,
        person_id -> Uuid,
        version_id -> Uuid,
        started_at -> Timestamptz,
    }
}

diesel::table! {
    departments (id) {
        id -> Uuid,
        name -> Text,
        owner_id -> Nullable<Uuid>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    draft_answers (attempt_id, question) {
        attempt_id -> Uuid,
        question -> Text,
        choices -> Jsonb,
        saved_at -> Timestamptz,
    }
}

diesel::table! {
    engagements (id) {
        id -> Uuid,
        person_id -> Uuid,
        kind -> Text,
        starts_on -> Date,
        ends_on -> Nullable<Date>,
        manager_id -> Nullable<Uuid>,
        sponsor_id -> Nullable<Uuid>,
        department_id -> Nullable<Uuid>,
        location_id -> Nullable<Uuid>,
        country -> Text,
        legal_entity -> Text,
        job_role -> Text,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    finished_lessons (run_id, part) {
        run_id -> Uuid,
        part -> Text,
        language -> Text,
        finished_at -> Timestamptz,
    }
}

diesel::table! {
    jobs (id) {
        id -> Int8,
        kind -> Text,
        payload -> Jsonb,
        dedupe_key -> Nullable<Text>,
        urgent -> Bool,
        run_at -> Timestamptz,
        attempts -> Int4,
        max_attempts -> Int4,
        leased_until -> Nullable<Timestamptz>,
        last_error -> Nullable<Text>,
        dead_at -> Nullable<Timestamptz>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    instances (id) {
        id -> Uuid,
        version -> Text,
        key_id -> Text,
        started_at -> Timestamptz,
        seen_at -> Timestamptz,
    }
}

diesel::table! {
    invitations (id) {
        id -> Uuid,
        role -> Text,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
        used_at -> Nullable<Timestamptz>,
        person_id -> Nullable<Uuid>,
    }
}

diesel::table! {
    kept_forms (id) {
        id -> Uuid,
        person_id -> Uuid,
        path -> Text,
        sealed -> Bytea,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
    }
}

diesel::table! {
    kept_organisation (is_one) {
        is_one -> Bool,
        organisation -> Jsonb,
    }
}

diesel::table! {
    leaves (id) {
        id -> Uuid,
        engagement_id -> Uuid,
        first_day -> Date,
        last_day -> Nullable<Date>,
        code -> Text,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    locations (id) {
        id -> Uuid,
        name -> Text,
        country -> Text,
        zone -> Nullable<Text>,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    mail_deliveries (id) {
        id -> Uuid,
        message_id -> Text,
        kind -> Text,
        person_id -> Uuid,
        about_id -> Uuid,
        delivered_at -> Timestamptz,
    }
}

diesel::table! {
    persons (id) {
        id -> Uuid,
        hr_id -> Text,
        given_name -> Text,
        family_name -> Text,
        email -> Nullable<Text>,
        language -> Text,
        zone -> Nullable<Text>,
        created_at -> Timestamptz,
        updated_at -> Timestamptz,
    }
}

diesel::table! {
    policy_readings (id) {
        id -> Uuid,
        assignment_id -> Uuid,
        text_id -> Uuid,
        opened_at -> Timestamptz,
    }
}

diesel::table! {
    policy_reviews (id) {
        id -> Uuid,
        reading_id -> Uuid,
        end_reached_at -> Timestamptz,
    }
}

diesel::table! {
    refusals (id) {
        id -> Uuid,
        assignment_id -> Uuid,
        person_id -> Uuid,
        evidence_id -> Uuid,
        occurred_at -> Timestamptz,
        recorded_at -> Timestamptz,
    }
}

diesel::table! {
    reminder_outcomes (id) {
        id -> Uuid,
        reminder_id -> Uuid,
        outcome -> Text,
        reason -> Text,
        recorded_at -> Timestamptz,
    }
}

diesel::table! {
    reminder_steps (assignment_id, due_on, step) {
        assignment_id -> Uuid,
        due_on -> Date,
        step -> Text,
        reminder_id -> Uuid,
    }
}

diesel::table! {
    reminders (id) {
        id -> Uuid,
        person_id -> Uuid,
        day -> Date,
        message_id -> Text,
        planned_at -> Timestamptz,
    }
}

diesel::table! {
    requirement_rules (id) {
        id -> Uuid,
        requirement_id -> Uuid,
        version -> Int4,
        rule -> Jsonb,
        recorded_at -> Timestamptz,
    }
}

diesel::table! {
    requirements (id) {
        id -> Uuid,
        slug -> Text,
        requirement_group -> Text,
        content_kind -> Text,
        content_slug -> Text,
        created_at -> Timestamptz,
    }
}

diesel::table! {
    role_grants (id) {
        id -> Uuid,
        person_id -> Uuid,
        role -> Text,
        reason -> Text,
        granted_at -> Timestamptz,
        expires_at -> Nullable<Timestamptz>,
        legal_entity -> Nullable<Text>,
    }
}

diesel::table! {
    role_revocations (grant_id) {
        grant_id -> Uuid,
        reason -> Text,
        revoked_at -> Timestamptz,
    }
}

diesel::table! {
    roster_batches (id) {
        id -> Uuid,
        feed -> Text,
        file_name -> Text,
        file_sha256 -> Bytea,
        rows_received -> Int4,
        rows_accepted -> Int4,
        rows_rejected -> Int4,
        snapshot -> Bool,
        recorded_at -> Timestamptz,
    }
}

diesel::table! {
    roster_changes (id) {
        id -> Uuid,
        batch_id -> Uuid,
        person_id -> Uuid,
        engagement_id -> Nullable<Uuid>,
        change -> Text,
        before -> Jsonb,
        after -> Jsonb,
        recorded_at -> Timestamptz,
    }
}

diesel::table! {
    schedules (name) {
        name -> Text,
        next_at -> Timestamptz,
    }
}

diesel::table! {
    scope_changes (id) {
        id -> Uuid,
        assignment_id -> Uuid,
        change -> Text,
        reason -> Text,
        occurred_at -> Timestamptz,
        recorded_at -> Timestamptz,
    }
}

diesel::table! {
    sessions (id) {
        id -> Uuid,
        person_id -> Uuid,
        method -> Text,
        language -> Nullable<Text>,
        signed_in_at -> Timestamptz,
        last_seen_at -> Timestamptz,
        expires_at -> Timestamptz,
        ended_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    sign_in_links (id) {
        id -> Uuid,
        person_id -> Uuid,
        purpose -> Text,
        created_at -> Timestamptz,
        expires_at -> Timestamptz,
        used_at -> Nullable<Timestamptz>,
    }
}

diesel::table! {
    survey_counts (version_id, question, answer) {
        version_id -> Uuid,
        question -> Text,
        answer -> Int2,
        count -> Int8,
    }
}

diesel::table! {
    surveyed_assignments (assignment_id) {
        assignment_id -> Uuid,
    }
}

diesel::joinable!(assignments -> persons (person_id));
diesel::joinable!(assignments -> requirement_rules (rule_id));
diesel::joinable!(assignments -> requirements (requirement_id));
diesel::joinable!(attempt_results -> attempts (attempt_id));
diesel::joinable!(attempts -> course_runs (run_id));
diesel::joinable!(attestation_private -> attestations (attestation_id));
diesel::joinable!(attestation_sign_ins -> attestations (attestation_id));
diesel::joinable!(attestations -> assignments (assignment_id));
diesel::joinable!(attestations -> content_texts (text_id));
diesel::joinable!(attestations -> engagements (engagement_id));
diesel::joinable!(attestations -> persons (person_id));
diesel::joinable!(check_answers -> course_runs (run_id));
diesel::joinable!(completions -> assignments (assignment_id));
diesel::joinable!(completions -> content_versions (version_id));
diesel::joinable!(completions -> persons (person_id));
diesel::joinable!(completions -> requirements (requirement_id));
diesel::joinable!(content_proposals -> persons (proposed_by));
diesel::joinable!(content_reviews -> content_versions (version_id));
diesel::joinable!(content_reviews -> persons (reviewed_by));
diesel::joinable!(content_texts -> content_versions (version_id));
diesel::joinable!(content_version_assets -> content_assets (sha256));
diesel::joinable!(content_version_assets -> content_versions (version_id));
diesel::joinable!(content_versions -> content_proposals (proposal_id));
diesel::joinable!(course_runs -> assignments (assignment_id));
diesel::joinable!(course_runs -> content_versions (version_id));
diesel::joinable!(course_runs -> persons (person_id));
diesel::joinable!(departments -> persons (owner_id));
diesel::joinable!(draft_answers -> attempts (attempt_id));
diesel::joinable!(engagements -> departments (department_id));
diesel::joinable!(engagements -> locations (location_id));
diesel::joinable!(finished_lessons -> course_runs (run_id));
diesel::joinable!(invitations -> persons (person_id));
diesel::joinable!(kept_forms -> persons (person_id));
diesel::joinable!(leaves -> engagements (engagement_id));
diesel::joinable!(mail_deliveries -> persons (person_id));
diesel::joinable!(policy_readings -> assignments (assignment_id));
diesel::joinable!(policy_readings -> content_texts (text_id));
diesel::joinable!(policy_reviews -> policy_readings (reading_id));
diesel::joinable!(reminder_outcomes -> reminders (reminder_id));
diesel::joinable!(reminder_steps -> assignments (assignment_id));
diesel::joinable!(reminder_steps -> reminders (reminder_id));
diesel::joinable!(reminders -> persons (person_id));
diesel::joinable!(requirement_rules -> requirements (requirement_id));
diesel::joinable!(role_grants -> persons (person_id));
diesel::joinable!(role_revocations -> role_grants (grant_id));
diesel::joinable!(roster_changes -> persons (person_id));
diesel::joinable!(roster_changes -> roster_batches (batch_id));
diesel::joinable!(scope_changes -> assignments (assignment_id));
diesel::joinable!(sessions -> persons (person_id));
diesel::joinable!(sign_in_links -> persons (person_id));
diesel::joinable!(survey_counts -> content_versions (version_id));
diesel::joinable!(surveyed_assignments -> assignments (assignment_id));

diesel::allow_tables_to_appear_in_same_query!(
    assignments,
    attempt_results,
    attempts,
    attestation_private,
    attestation_sign_ins,
    attestations,
    check_answers,
    completions,
    content_assets,
    content_decisions,
    content_proposals,
    content_reviews,
    content_texts,
    content_version_assets,
    content_versions,
    course_runs,
    departments,
    draft_answers,
    engagements,
    finished_lessons,
    jobs,
    instances,
    invitations,
    kept_forms,
    kept_organisation,
    leaves,
    locations,
    mail_deliveries,
    persons,
    policy_readings,
    policy_reviews,
    refusals,
    reminder_outcomes,
    reminder_steps,
    reminders,
    requirement_rules,
    requirements,
    role_grants,
    role_revocations,
    roster_batches,
    roster_changes,
    schedules,
    scope_changes,
    sessions,
    sign_in_links,
    survey_counts,
    surveyed_assignments,
);
