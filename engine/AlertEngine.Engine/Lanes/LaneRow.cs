using System.Collections.Immutable;
using AlertEngine.Engine.Ports;

namespace AlertEngine.Engine.Lanes;

/// <summary>One row of a lane's journal.</summary>
public abstract record LaneRow;

/// <summary>A part of an encoded <see cref="BatchEvent"/>. A batch counts only when all its parts are there.</summary>
/// <param name="Sequence">The batch's number.</param>
/// <param name="Part">This part, from 0.</param>
/// <param name="Parts">How many there are.</param>
/// <param name="Bytes">The bytes, at most <see cref="LaneOptions.RowBytes"/>.</param>
public sealed record BatchPart(long Sequence, int Part, int Parts, ReadOnlyMemory<byte> Bytes) : LaneRow;

/// <summary>
/// Written before a lane reads its first record, and before each part of a batch that ended the process twice: an input that kills is counted
/// before it is tried again.
/// </summary>
/// <param name="Sequence">The batch that will be tried.</param>
/// <param name="FirstRecord">The first record of the batch that is tried now.</param>
/// <param name="LastRecord">The one behind the last; 0 where the whole batch is.</param>
/// <param name="First">Where the first record was read.</param>
/// <param name="Inputs">The topics, their ids and partitions: a recreated topic or another count halts the lane.</param>
/// <param name="RuleSetHash">The rules in force from here on.</param>
public sealed record AttemptRow(
    long Sequence, int FirstRecord, int LastRecord, Coordinate First, ImmutableArray<InputIdentity> Inputs, string RuleSetHash)
    : LaneRow;

/// <summary>A person's decision to go on after a halt, with all that follows from it. Written before the lane reads or publishes anything.</summary>
/// <param name="EmitSeq">The last number that readers may have seen: the next output gets the one above it.</param>
/// <param name="RunId">The run from here on.</param>
/// <param name="Recreated">The inputs that are read from their beginning.</param>
/// <param name="Inputs">The inputs from here on.</param>
public sealed record ResumeRow(long EmitSeq, string RunId, ImmutableArray<int> Recreated, ImmutableArray<InputIdentity> Inputs) : LaneRow;

/// <summary>What identifies an input over restarts.</summary>
/// <param name="Topic">The topic, or the file.</param>
/// <param name="TopicId">What tells it from another of the same name.</param>
/// <param name="Partition">The partition.</param>
/// <param name="Partitions">How many partitions the topic has.</param>
public readonly record struct InputIdentity(string Topic, string TopicId, int Partition, int Partitions = 1);

/// <summary>A part of a district's state after a batch, encoded.</summary>
/// <param name="District">The district's code.</param>
/// <param name="Part">Its number, from 0.</param>
/// <param name="Sequence">The batch after which it was so. Not below the snapshot's, nor that of the part before: they are taken one after the other
/// while the lane goes on.</param>
/// <param name="State">The kernel's bytes.</param>
public sealed record DistrictSlice(string District, int Part, long Sequence, ReadOnlyMemory<byte> State);

/// <summary>A lane's snapshot: bytes only, so that nothing changes while it is written.</summary>
/// <param name="Sequence">The batch after which the lane's own part was encoded.</param>
/// <param name="RowNumber">The journal row up to which it stands for the journal.</param>
/// <param name="Lane">The lane's own part.</param>
/// <param name="Slices">The districts' parts, those of one district one behind the other.</param>
public sealed record LaneSnapshot(long Sequence, long RowNumber, ReadOnlyMemory<byte> Lane, ImmutableArray<DistrictSlice> Slices);
