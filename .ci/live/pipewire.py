"""A PipeWire without a sound card: daemons of its own, null sinks with a real clock, and recordings of their monitors."""
import importlib.util, os, shutil, signal, subprocess, sys, tempfile, threading, time

#: What the checks need, by Debian's names.
PACKAGES = ["pipewire", "pipewire-bin", "pipewire-pulse", "pipewire-alsa", "wireplumber", "pulseaudio-utils",
            "libasound2-plugins", "alsa-utils", "dbus", "python3-numpy"]
RATE = 48000


def install(packages=PACKAGES, programs="pipewire-pulse parec aplay wireplumber dbus-daemon"):
    """Installs what is missing, as root."""
    if all(shutil.which(name) for name in programs.split()) and importlib.util.find_spec("numpy"):
        return
    environment = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    subprocess.run(["apt-get", "update", "-qq"], check=True, env=environment)
    subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages], check=True,
                   stdout=subprocess.DEVNULL, env=environment)
    importlib.invalidate_caches()


def load():
    """The load average of the last minute, to stand beside what was timed."""
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"


class PipeWire:
    """Daemons in a folder that goes away, started one by one so that each can be stopped alone."""

    def __init__(self, sinks=("bp-null",)):
        # Short: the path of a socket has 108 bytes at most.
        self.folder = tempfile.mkdtemp(prefix="bplive.")
        run = os.path.join(self.folder, "run")
        os.mkdir(run, 0o700)
        for name in ("state", "data", "cfg/pipewire/pipewire.conf.d"):
            os.makedirs(os.path.join(self.folder, name))
        self.environment = dict(
            os.environ, HOME=self.folder, XDG_RUNTIME_DIR=run, PIPEWIRE_RUNTIME_DIR=run,
            XDG_CONFIG_HOME=os.path.join(self.folder, "cfg"), XDG_STATE_HOME=os.path.join(self.folder, "state"),
            XDG_DATA_HOME=os.path.join(self.folder, "data"), PULSE_SERVER=f"unix:{run}/pulse/native")
        objects = " ".join(
            f"""{{ factory = adapter args = {{ factory.name = support.null-audio-sink node.name = {name}
                media.class = Audio/Sink object.linger = true audio.position = [ FL FR ] audio.rate = {RATE}
                monitor.channel-volumes = false priority.session = {2000 - place} }} }}"""
            for place, name in enumerate(sinks))
        with open(os.path.join(self.folder, "cfg/pipewire/pipewire.conf.d/10-null.conf"), "w") as file:
            file.write(f"context.properties = {{ default.clock.rate = {RATE} }}\ncontext.objects = [ {objects} ]\n")
        self.daemons, self.others = {}, []
        bus = subprocess.run(["dbus-daemon", "--session", "--fork", "--print-address=1", "--print-pid=1"],
                             env=self.environment, check=True, capture_output=True, text=True).stdout.split()
        self.environment["DBUS_SESSION_BUS_ADDRESS"], self.bus = bus[0], int(bus[1])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for process in self.others:
            if process.poll() is None:
                process.kill()
                process.wait()
        for name in list(self.daemons):
            self.kill(name)
        os.kill(self.bus, signal.SIGTERM)
        shutil.rmtree(self.folder, ignore_errors=True)

    def path(self, name):
        return os.path.join(self.folder, name)

    def start(self, *names):
        """Starts daemons, all three unless named, and waits until the server answers."""
        for name in names or ("pipewire", "wireplumber", "pipewire-pulse"):
            log = open(self.path(f"{name}.log"), "a")
            self.daemons[name] = subprocess.Popen([name], env=self.environment, stdout=log, stderr=log)
            if name == "pipewire":
                self.wait(lambda: self.answers("pw-cli", "info", "0"), "pipewire")
            if name == "wireplumber":
                self.wait(lambda: self.answers("wpctl", "inspect", "@DEFAULT_AUDIO_SINK@"), "a default sink")
            if name == "pipewire-pulse":
                self.wait(lambda: self.answers("pactl", "info"), "pipewire-pulse")

    def answers(self, *command):
        try:
            return subprocess.run(command, env=self.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                  timeout=2).returncode == 0
        except subprocess.TimeoutExpired:
            return False

    def wait(self, holds, what, seconds=10):
        end = time.monotonic() + seconds
        while not holds():
            if time.monotonic() > end:
                sys.exit(f"waited in vain for {what}")
            time.sleep(0.02)

    def kill(self, name):
        """Ends a daemon at once, as a crash would."""
        process = self.daemons.pop(name)
        if process.poll() is None:
            process.kill()
        process.wait()

    def signal(self, name, number):
        self.daemons[name].send_signal(number)

    def run(self, command, **options):
        """Starts a program that uses the server, and that goes when the server does."""
        process = subprocess.Popen(command, env=dict(self.environment, **options.pop("variables", {})),
                                   cwd=self.folder, **options)
        self.others.append(process)
        return process

    def record(self, name, sink="bp-null", milliseconds=50, prefix=()):
        """Records a sink's monitor to a raw file of 32-bit floats; returns the process once sound could arrive."""
        path = self.path(name)
        process = self.run([*prefix, "parec", "-d", f"{sink}.monitor", "--format=float32le", f"--rate={RATE}",
                            "--channels=2", f"--latency-msec={milliseconds}", "--raw"],
                           stdout=open(path, "wb"), stderr=subprocess.DEVNULL)
        self.wait(lambda: os.path.getsize(path) > 0, f"the monitor of {sink}")
        return process


class Player:
    """The program on a server, its messages with the time at which each came."""

    def __init__(self, server, program, *arguments, prefix=(), stdin=subprocess.DEVNULL, variables={}):
        self.begin = time.monotonic()
        self.process = server.run([*prefix, program, *arguments], stdin=stdin, stdout=subprocess.DEVNULL,
                                  stderr=subprocess.PIPE, variables=variables)
        self.said = []
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self):
        for line in self.process.stderr:
            self.said.append((time.monotonic(), line.decode(errors="replace").rstrip()))

    def told(self, words, since=0.0):
        """When a line with these words came at or after a time; None where it has not."""
        return next((at for at, line in list(self.said) if at >= since and words in line), None)

    def wait_for(self, words, since=0.0, seconds=10):
        """Waits for a line; None where it does not come."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if (at := self.told(words, since)) is not None:
                return at
            if self.process.poll() is not None and not self.reader.is_alive():
                return self.told(words, since)
            time.sleep(0.005)
        return None

    def cpu(self):
        """Seconds of CPU that all threads have used."""
        with open(f"/proc/{self.process.pid}/stat") as file:
            fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def resident(self):
        """Resident kB."""
        with open(f"/proc/{self.process.pid}/status") as file:
            return next(int(line.split()[1]) for line in file if line.startswith("VmRSS"))

    def end(self, number=signal.SIGINT, seconds=10):
        """Ends it by a signal; returns its code and the seconds that it took."""
        begin = time.monotonic()
        self.process.send_signal(number)
        code = self.process.wait(timeout=seconds)
        took = time.monotonic() - begin
        self.reader.join(timeout=5)
        return code, took

    def text(self):
        return "\n".join(line for _, line in self.said)


def samples(path):
    """Left and right of a float WAV or a raw file, as an array of 64-bit frames that compare whole."""
    import numpy
    with open(path, "rb") as file:
        data = file.read()
    if data[:4] in (b"RIFF", b"RF64"):
        at = 12
        while data[at:at + 4] != b"data":
            at += 8 + int.from_bytes(data[at + 4:at + 8], "little")
        data = data[at + 8:]
    return numpy.frombuffer(data[:len(data) // 8 * 8], dtype=numpy.uint64)


def gaps(own, heard, fade=RATE // 100):
    """Lays a recording of a sink over what was sent, frame by frame.

    After each gap the player fades in, so what follows one is looked for `fade` frames later. Returns the gaps, as (frame of
    what was sent, frames that came between), and the frame of what was sent up to which all was found.
    """
    import numpy
    probe = 64
    found, at, here = [], 0, 0
    while at < own.size:
        # The next stretch: where a piece of what was sent, all of it unlike silence, stands in what was heard.
        start, place = at + fade, None
        while place is None and start + probe < own.size:
            word = own[start:start + probe]
            if word.all():
                place = where(word, heard, here)
            if place is None:
                start += probe
        if place is None:
            break
        if at:
            found.append((at, place - here - (start - at)))
        elif not numpy.array_equal(own[fade:start], heard[max(0, place - start + fade):place]):
            # The beginning was lost, or changed.
            found.append((0, start))
        length = min(own.size - start, heard.size - place)
        differs = numpy.flatnonzero(own[start:start + length] != heard[place:place + length])
        if differs.size == 0:
            return found, start + length
        at, here = start + int(differs[0]), place + int(differs[0])
    return found, at


def where(word, heard, since):
    """Where a piece stands in a recording, looked for in the next minute."""
    import numpy
    part = heard[since:since + 60 * RATE]
    for candidate in numpy.flatnonzero(part == word[0]):
        if numpy.array_equal(part[candidate:candidate + word.size], word):
            return since + int(candidate)
    return None
