# JupyterLab with xorlab's kernel and notebooks.
#
#   docker build -t xorlab .
#   docker run --init --rm --hostname localhost -p 127.0.0.1:8888:8888 xorlab
#
# prints an address with its token, for this machine alone (by --hostname it begins with http://localhost:8888). Work that is to stay:
# -v xorlab:/home/node/xorlab/notebooks
FROM node:22.12.0-bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends python3 python3-venv && rm -rf /var/lib/apt/lists/*
USER node
RUN mkdir /home/node/xorlab
WORKDIR /home/node/xorlab
COPY --chown=node:node . .
RUN npm run --silent setup && rm -rf ~/.npm ~/.cache
EXPOSE 8888
# Inside the container "every address" means: what docker run publishes.
CMD ["node", "dist/src/node/cli/main.js", "lab", "--no-browser", "--ip=0.0.0.0", "--port=8888"]
