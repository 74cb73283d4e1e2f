import asyncio
from asyncio.subprocess import PIPE

SAY = "printf 'half '; read go; echo and half"


async def main():
    sh = await asyncio.create_subprocess_shell(SAY, stdin=PIPE, stdout=PIPE)
    line = None
    while line is None:
        try:
            line = await asyncio.wait_for(sh.stdout.readline(), 0.5)
        except asyncio.TimeoutError:
            sh.stdin.close()
    print(line)
    await sh.wait()


asyncio.run(main())
