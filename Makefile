# Two commands on a fresh machine with Python 3.11+ and make:
#   make site    build the published site into ./site
#   make test    prove it (unit, property, whole-site and browser tests)

# Without byte code every one of the many short processes would compile the package anew.
unexport PYTHONDONTWRITEBYTECODE

# The first that is new enough and can make environments. The system's own comes before one that a
# version manager has compiled, mostly without optimisation: builds with it take less time.
PYTHON ?= $(firstword $(foreach it,/usr/bin/python3 python3,$(shell \
	$(it) -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $(it))) python3)
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: site serve test check soak bench bench-search lock clean

site: $(VENV)/site.stamp
	$(BIN)/yuqi build

serve: $(VENV)/site.stamp
	$(BIN)/yuqi serve

test: $(VENV)/dev.stamp browser nginx
	$(BIN)/python -m pytest --numprocesses=auto --dist=worksteal

check: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) test

soak: $(VENV)/dev.stamp browser webkit nu nginx
	$(BIN)/python -m pytest -m "soak or not soak" --numprocesses=auto --dist=worksteal

bench: $(VENV)/dev.stamp browser
	$(BIN)/python -m benchmarks
	$(BIN)/python -m benchmarks.calculator

bench-search: $(VENV)/dev.stamp browser
	$(BIN)/python -m benchmarks.search
	$(BIN)/python -m benchmarks.reach

# Locked with hashes; --no-build-isolation because the build back end is in the lock too.
$(VENV)/site.stamp: requirements/site.txt pyproject.toml
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || (apt-get update -qq && apt-get install -y -qq --no-install-recommends python3-venv)
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes -r requirements/site.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/dev.stamp: $(VENV)/site.stamp requirements/dev.txt
	$(PIP) install --require-hashes -r requirements/dev.txt
	touch $@

# The browser tests drive Debian's Chromium; it is installed where none is there.
.PHONY: browser
browser:
	@command -v chromium >/dev/null || (apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium)

# The generated configuration is tried with a real nginx.
.PHONY: nginx
nginx:
	@command -v nginx >/dev/null || test -x /usr/sbin/nginx || (apt-get update -qq && apt-get install -y -qq --no-install-recommends nginx-light)

# A second engine, for the long runs only, and the display it needs.
.PHONY: webkit
webkit:
	@{ command -v WebKitWebDriver && command -v Xvfb; } >/dev/null || (apt-get update -qq && apt-get install -y -qq --no-install-recommends webkit2gtk-driver xvfb)

# The checker of HTML, a Java program that npm carries, for the long runs only.
.PHONY: nu
nu:
	@{ command -v java && command -v npm; } >/dev/null || (apt-get update -qq && apt-get install -y -qq --no-install-recommends default-jre-headless npm)
	@test -d .cache/nu/node_modules/vnu-jar || npm install --prefix .cache/nu --silent --no-fund --no-audit --ignore-scripts vnu-jar@26.9.27

LOCK := $(BIN)/pip-compile --quiet --generate-hashes --allow-unsafe --strip-extras \
	--no-emit-index-url --no-emit-trusted-host --no-emit-find-links
lock: $(VENV)/dev.stamp
	$(PIP) install pip-tools
	$(LOCK) --build-deps-for=editable --output-file=requirements/site.txt pyproject.toml
	$(LOCK) --output-file=requirements/dev.txt requirements/dev.in

clean:
	rm -rf $(VENV) .cache site .site.yuqi-*
