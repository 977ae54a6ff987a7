CREATE TABLE alarm (
    workstation TEXT NOT NULL,
    number INTEGER NOT NULL,
    reason TEXT NOT NULL,
    incarnation BIGINT NOT NULL,
    position BIGINT NOT NULL,
    raised_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (workstation, number)
);

CREATE TABLE entry (
    workstation TEXT NOT NULL,
    incarnation BIGINT NOT NULL,
    position BIGINT NOT NULL,
    month INTEGER NOT NULL,
    id TEXT,
    kind TEXT,
    algorithm SMALLINT NOT NULL,
    leaf BYTEA NOT NULL,
    head BYTEA NOT NULL,
    salt BYTEA,
    body BYTEA,
    signatures BYTEA NOT NULL,
    received_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (workstation, incarnation, position)
);

CREATE TABLE epoch (
    number SERIAL NOT NULL,
    value BYTEA NOT NULL,
    started_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (number)
);

CREATE TABLE evidence (
    workstation TEXT NOT NULL,
    reason TEXT NOT NULL,
    head BYTEA NOT NULL,
    request BYTEA NOT NULL,
    received_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (workstation, reason, head)
);

CREATE TABLE fork (
    workstation TEXT NOT NULL,
    incarnation BIGINT NOT NULL,
    position BIGINT NOT NULL,
    head BYTEA NOT NULL,
    algorithm SMALLINT NOT NULL,
    leaf BYTEA NOT NULL,
    salt BYTEA,
    body BYTEA,
    signatures BYTEA NOT NULL,
    received_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (workstation, incarnation, position, head)
);

CREATE TABLE journal (
    workstation TEXT NOT NULL,
    incarnation BIGINT NOT NULL,
    held BIGINT NOT NULL,
    head BYTEA NOT NULL,
    head_signature BYTEA NOT NULL,
    backed_up BIGINT NOT NULL,
    PRIMARY KEY (workstation, incarnation)
);

CREATE TABLE ledger_version (
    version SERIAL NOT NULL,
    PRIMARY KEY (version)
);

CREATE TABLE quarantine (
    workstation TEXT NOT NULL,
    incarnation BIGINT NOT NULL,
    position BIGINT NOT NULL,
    reason TEXT NOT NULL,
    received_at TIMESTAMP WITH TIME ZONE NOT NULL,
    PRIMARY KEY (workstation, incarnation, position)
);

CREATE TABLE reply (
    workstation TEXT NOT NULL,
    request_id BYTEA NOT NULL,
    counter BIGINT NOT NULL,
    digest BYTEA NOT NULL,
    body BYTEA NOT NULL,
    PRIMARY KEY (workstation, request_id)
);

CREATE TABLE token (
    id BYTEA NOT NULL,
    secret BYTEA NOT NULL,
    post TEXT NOT NULL,
    post_name TEXT NOT NULL,
    issued_at TIMESTAMP WITH TIME ZONE NOT NULL,
    expires_at TIMESTAMP WITH TIME ZONE NOT NULL,
    used_at TIMESTAMP WITH TIME ZONE,
    workstation TEXT,
    PRIMARY KEY (id)
);

CREATE TABLE workstation (
    id TEXT NOT NULL,
    deployment TEXT NOT NULL,
    post TEXT NOT NULL,
    post_name TEXT NOT NULL,
    name TEXT NOT NULL,
    signing_key BYTEA NOT NULL,
    receive_key BYTEA NOT NULL,
    epoch BYTEA NOT NULL,
    counter BIGINT NOT NULL,
    ratchet_issued BYTEA NOT NULL,
    ratchet_presented BYTEA NOT NULL,
    enrolled_at TIMESTAMP WITH TIME ZONE NOT NULL,
    last_contact TIMESTAMP WITH TIME ZONE,
    client TEXT NOT NULL,
    PRIMARY KEY (id)
);

insert into ledger_version (version) values (1);
