"""Flask with Flask-Session over the same Redis with TLS, as Debian packages them, for gunicorn."""

import os
import time

import redis
from flask import Flask, jsonify, session
from flask_session import Session

app = Flask(__name__)
app.config.update(
    SESSION_TYPE="redis",
    SESSION_KEY_PREFIX="sess:",
    SESSION_COOKIE_NAME="session",
    SESSION_REDIS=redis.Redis.from_url(
        os.environ["REDIS_URL"],
        username=os.environ["REDIS_USERNAME"],
        password=os.environ["REDIS_PASSWORD"],
        ssl_ca_certs=os.environ["REDIS_CA_FILE"],
    ),
)
Session(app)


@app.get("/livez")
def livez():
    return jsonify(status="ok")


@app.post("/api/session")
def start():
    session["createdAt"] = time.time()
    return jsonify(session={}), 201


@app.get("/api/session")
def show():
    return jsonify(session={"id": session.sid, "createdAt": session["createdAt"], "user": None})
