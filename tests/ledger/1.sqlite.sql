CREATE TABLE alarm (
    workstation TEXT NOT NULL,
    number INTEGER NOT NULL,
    reason TEXT NOT NULL,
    incarnation BIGINT NOT NULL,
    position BIGINT NOT NULL,
    raised_at DATETIME NOT NULL,
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
    leaf BLOB NOT NULL,
    head BLOB NOT NULL,
    salt BLOB,
    body BLOB,
    signatures BLOB NOT NULL,
    received_at DATETIME NOT NULL,
    PRIMARY KEY (workstation, incarnation, position)
);

CREATE TABLE epoch (
    number INTEGER NOT NULL,
    value BLOB NOT NULL,
    started_at DATETIME NOT NULL,
    PRIMARY KEY (number)
);

CREATE TABLE evidence (
    workstation TEXT NOT NULL,
    reason TEXT NOT NULL,
    head BLOB NOT NULL,
    request BLOB NOT NULL,
    received_at DATETIME NOT NULL,
    PRIMARY KEY (workstation, reason, head)
);

CREATE TABLE fork (
    workstation TEXT NOT NULL,
    incarnation BIGINT NOT NULL,
    position BIGINT NOT NULL,
    head BLOB NOT NULL,
    algorithm SMALLINT NOT NULL,
    leaf BLOB NOT NULL,
    salt BLOB,
    body BLOB,
    signatures BLOB NOT NULL,
    received_at DATETIME NOT NULL,
    PRIMARY KEY (workstation, incarnation, position, head)
);

CREATE TABLE journal (
    workstation TEXT NOT NULL,
    incarnation BIGINT NOT NULL,
    held BIGINT NOT NULL,
    head BLOB NOT NULL,
    head_signature BLOB NOT NULL,
    backed_up BIGINT NOT NULL,
    PRIMARY KEY (workstation, incarnation)
);

CREATE TABLE ledger_version (
    version INTEGER NOT NULL,
    PRIMARY KEY (version)
);

CREATE TABLE quarantine (
    workstation TEXT NOT NULL,
    incarnation BIGINT NOT NULL,
    position BIGINT NOT NULL,
    reason TEXT NOT NULL,
    received_at DATETIME NOT NULL,
    PRIMARY KEY (workstation, incarnation, position)
);

CREATE TABLE reply (
    workstation TEXT NOT NULL,
    request_id BLOB NOT NULL,
    counter BIGINT NOT NULL,
    digest BLOB NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (workstation, request_id)
);

CREATE TABLE token (
    id BLOB NOT NULL,
    secret BLOB NOT NULL,
    post TEXT NOT NULL,
    post_name TEXT NOT NULL,
    issued_at DATETIME NOT NULL,
    expires_at DATETIME NOT NULL,
    used_at DATETIME,
    workstation TEXT,
    PRIMARY KEY (id)
);

CREATE TABLE workstation (
    id TEXT NOT NULL,
    deployment TEXT NOT NULL,
    post TEXT NOT NULL,
    post_name TEXT NOT NULL,
    name TEXT NOT NULL,
    signing_key BLOB NOT NULL,
    receive_key BLOB NOT NULL,
    epoch BLOB NOT NULL,
    counter BIGINT NOT NULL,
    ratchet_issued BLOB NOT NULL,
    ratchet_presented BLOB NOT NULL,
    enrolled_at DATETIME NOT NULL,
    last_contact DATETIME,
    client TEXT NOT NULL,
    PRIMARY KEY (id)
);

insert into ledger_version (version) values (1);
