// A process that runs code against the built package, each time with nothing loaded, and answers what was loaded then.
process.chdir(process.argv[2]);
process.stdout.write = () => true; // what commands print is not asked for

process.on('message', ({ code, args }) => {
  for (const file of Object.keys(require.cache)) delete require.cache[file];
  process.argv = [process.execPath, 'nines', ...args];
  try {
    new Function('require', code)((name) => require(require.resolve(name, { paths: [process.cwd()] })));
    process.send({ files: Object.keys(require.cache) });
  } catch (error) {
    process.send({ error: error.stack });
  }
});
